"""Footer marks (页脚标识): the eight marks and where a footer comes from."""
