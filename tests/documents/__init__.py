"""Small writers of PDF and HWPX files, so that tests hold no files made elsewhere."""
