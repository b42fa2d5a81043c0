"""A generated country: as many sites, periods and links as the largest office has, for measuring only."""
