update source set archive_url = 'https://archive.example.org/20260105/https://example.org/a';
