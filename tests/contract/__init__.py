"""The wire contract: what is generated from it, and the rules that it keeps."""
