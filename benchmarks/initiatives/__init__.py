"""What finding the names of initiatives costs, beside flashtext2 and a plain regular expression."""
