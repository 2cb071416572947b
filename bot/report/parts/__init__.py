"""What each part of a layout shows, from the material of a document. Pure."""
