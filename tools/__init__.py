"""What `./dev` runs that is not part of the product."""
