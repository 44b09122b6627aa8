const tables = {{ site.entries() }};
