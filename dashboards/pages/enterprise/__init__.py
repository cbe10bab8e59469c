"""One enterprise, whole: search, register, inspections, documents, accidents (page 企业画像)."""
