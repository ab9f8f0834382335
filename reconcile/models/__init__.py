"""Models behind protocols: a parser gives tokens, an embedder gives vectors."""
