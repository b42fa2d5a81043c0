"""What persons wrote down about odd columns: small files, each with a saved page that proves it."""
