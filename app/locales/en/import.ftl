# Import.
problem-not-utf8 = is not text in UTF-8, from byte { $byte } on; save it as UTF-8 and try again
problem-not-a-table = is no table that is known here: “{ $given }” has not the columns of one; accepted: the files of Open data, by their columns
problem-published = is published and stays as it is; a correction is added beside it
problem-differs-from-record = is “{ $given }” here and “{ $has }” in the record; an import of pledges does not change that
