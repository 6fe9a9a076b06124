"""What turns the repository into something that is installed: units, packages."""
