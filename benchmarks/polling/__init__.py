"""What one pass over many feeds costs, beside another feed reader doing the same."""
