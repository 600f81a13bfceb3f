insert into party (id, slug, name_en, name_es, kind, iso) values ('00000000-0000-0000-0000-000000000001', 'guatemala', 'Guatemala', 'Guatemala', 'country', 'GT');
insert into party (id, slug, name_es, kind) values ('00000000-0000-0000-0000-000000000002', 'mulino', 'José Raúl Mulino', 'person');
insert into meeting (id, slug, name_en, held_on, place_en) values ('00000000-0000-0000-0000-000000000001', 'trilateral-2024', 'Trilateral ministerial', '2024-02-28', 'Washington');
insert into topic (id, slug, name_en) values ('00000000-0000-0000-0000-000000000001', 'governance', 'Governance');
insert into source (id, slug, url, title, publisher, language, published_on, kind) values ('00000000-0000-0000-0000-000000000001', 'prensalibre', 'https://example.org/a', 'Acuerdan', 'Prensa', 'es', '2024-02', 'news');
insert into source (id, slug, url, title, publisher, language, kind, translation_of) values ('00000000-0000-0000-0000-000000000002', 'latamreports', 'https://example.org/b', 'They agree', 'Reports', 'en', 'news', '00000000-0000-0000-0000-000000000001');
