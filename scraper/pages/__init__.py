"""Pages of our own inside Datasette: a request comes in, storage and jobs are asked, HTML goes out."""
