# El estado de los enlaces a las fuentes.
link-health = Enlace
link-told-ok = Funciona.
link-told-moved = ↪ Lleva a otra dirección desde el { $date }.
link-told-changed = ⚠ En esta dirección hay otra cosa desde el { $date }.
link-told-gone = ✕ En esta dirección ya no hay nada; visto el { $date }.
link-told-refused = ⊘ Su servidor no responde a programas desde el { $date }; puede que a las personas sí.
link-looked-at = Revisado el { $date }.
link-read-copy = Leer la copia conservada
links-to-mend = Enlaces por arreglar
links-to-mend-lede = Fuentes publicadas cuyos enlaces no llevan a nada, llevan a otro sitio o a otra cosa. Donde no hay copia, se puede entregar una.
links-none = Todo enlace que se revisó lleva a lo que se citó.
evidence-download = Descargar la evidencia
evidence-download-text = esta página, su historial, las copias conservadas de sus fuentes y la prueba de que se registró, en un archivo (WACZ)
evidence-quotes-kept = { $n ->
    [one] La única cita de esta página está en una copia conservada de su fuente.
   *[other] De las { $n } citas de esta página, { $kept } están en copias conservadas de sus fuentes.
}
evidence-quotes-unkept = { $n ->
    [one] La única cita de esta página no está en ninguna copia conservada, así que no pudo compararse con su fuente.
   *[other] Ninguna de las { $n } citas de esta página está en una copia conservada, así que no pudieron compararse con sus fuentes.
}
link-read-archived = Leerlo en el archivo
links-archive = Indicar dónde la conserva un archivo
links-archive-save = Guardar esta dirección
links-archive-said = Se indica a quien lee dónde conserva la fuente un archivo.
