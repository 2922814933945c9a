"""On-call and duty rotas: made, published, mended and handed over."""
