# Import.
problem-not-utf8 = no es texto en UTF-8 a partir del byte { $byte }; se acepta una vez guardado como UTF-8
problem-not-a-table = no es una tabla conocida: «{ $given }» no tiene las columnas de ninguna; se aceptan los archivos de Datos abiertos, por sus columnas
problem-published = está publicado y queda como está; una corrección se añade al lado
problem-differs-from-record = aquí es «{ $given }» y en el registro es «{ $has }»; importar compromisos no cambia eso
