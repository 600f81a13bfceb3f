# Import.
problem-not-utf8 = no es texto en UTF-8 a partir del byte { $byte }; se acepta una vez guardado como UTF-8
problem-not-a-table = no es una tabla conocida: «{ $given }» no tiene las columnas de ninguna; se aceptan los archivos de Datos abiertos, por sus columnas
problem-published = está publicado y queda como está; una corrección se añade al lado
problem-differs-from-record = aquí es «{ $given }» y en el registro es «{ $has }»; importar compromisos no cambia eso
import-title = Importar
import-lede = Para incorporar muchos compromisos a la vez. Primero se ve, fila por fila, lo que harían los archivos; nada se hace hasta confirmarlo.
import-files = Archivos
import-files-hint = CSV o JSON, varios a la vez. Las tablas son las de Datos abiertos y se reconocen por sus columnas; basta con pledges.csv.
import-pasted = O pegar aquí una tabla o JSON
import-pasted-hint = Valen las celdas copiadas de una hoja de cálculo, con los nombres de las columnas en la primera fila.
import-pasted-name = Texto pegado
import-show = Ver lo que haría
import-earlier = Importaciones anteriores
import-when = Enviada
import-who = Por
import-touched = Compromisos añadidos o cambiados
import-state = Estado
import-planned = aún sin aplicar
import-applied = importada
import-undone = deshecha
import-of = Importación de { $files }
import-comparing = Comparando con el registro: { $done } de { $total } compromisos.
import-writing = Escribiendo borradores: { $done } de { $total }.
import-look-again = Ver cuánto falta
import-plan-changed = El registro cambió entretanto, y con él lo que esto haría. No se hizo nada; conviene revisarlo de nuevo.
import-nothing-done = Hay filas rechazadas, así que no se hizo nada. Se pueden corregir o dejar fuera.
import-overtaken = Otra persona actuó sobre esta importación al mismo tiempo. Así está ahora.
import-failed = No fue posible hacerlo en este momento. Nada cambió; conviene intentarlo de nuevo.
import-undone-now = Deshecha: { $discarded ->
    [one] se descartó { $discarded } borrador
   *[other] se descartaron { $discarded } borradores
  }; quedan { $published } ya publicados.
import-twin = Estos mismos archivos ya se importaron. Ver esa importación.
import-unknown = Estas columnas no se conocen y se pasaron por alto:
import-all = Todas las filas
import-pledges = Compromisos
import-others = Fuentes, partes, reuniones, temas
import-means = Qué significa
import-outcome-added = Añadido
import-outcome-changed = Cambiado
import-outcome-same = Igual
import-outcome-unused = Innecesario
import-outcome-refused = Rechazado
import-outcome-about-added = nuevo en el registro
import-outcome-about-changed = el registro diría otra cosa
import-outcome-about-same = se omite: el registro ya dice lo mismo
import-outcome-about-unused = se omite: es nuevo, pero ningún compromiso de esta importación lo menciona
import-outcome-about-refused = hay un error, que se explica abajo
import-thing-pledge = compromiso
import-thing-source = fuente
import-thing-party = parte
import-thing-meeting = reunión
import-thing-topic = tema
import-drafts = Sus borradores
import-reason = Por qué se corrigen compromisos publicados
import-reason-hint = Se muestra en público junto a cada corrección.
import-reason-default = Importado de { $files }.
import-in-english = En inglés
import-in-spanish = En español
import-refused-hint = Mientras haya filas rechazadas no se importa nada, salvo que se dejen fuera.
import-skip-refused = { $n ->
    [one] Dejar fuera la fila rechazada ({ $n })
   *[other] Dejar fuera las { $n } filas rechazadas
  }
import-as-drafts = Importar como borradores
import-for-review = Importar y enviar a revisión
import-nothing-to-do = No hay nada que importar: ninguna fila añade o cambia un compromiso.
import-undo = Deshacer la importación
import-undo-hint = Descarta de una vez todos sus borradores aún no publicados.
import-rows = Fila por fila
import-place = { $file }, línea { $line }
import-fields = Lo que dice
import-whole-row = la fila
import-field = Campo
import-before = Antes
import-after = Después
