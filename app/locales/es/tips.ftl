# Tips from the public: the form on each pledge, and the inbox of the desk.
tip-title = ¿Qué nos faltó?
tip-way = ¿Falta algo o hay un error? Avísenos
tip-text = Un enlace, un texto o ambos. Llega a la redacción y no se publica. Sin cuenta y sin cookies: nadie sabrá quién lo envía, así que conviene omitir cualquier dato personal.
tip-url = Enlace
tip-url-hint = La dirección completa, que empieza por https://
tip-words = ¿Qué muestra?
tip-leave-empty = Dejar vacío
tip-send = Enviar
tip-too-many = En la última hora llegaron demasiados avisos. No se perdió nada de lo escrito: puede enviarse de nuevo más tarde.
tip-thanks-title = Gracias
tip-thanks = El aviso llegó a la redacción. Si el registro cambia por él, la página de este compromiso lo dirá, con su fuente.
tip-back = Volver al compromiso
tips-title = Avisos del público
tips-states = Avisos según lo que se hizo con ellos
tips-state-new = Nuevos
tips-state-accepted = Aceptados
tips-state-declined = Descartados
tips-state-spam = Spam
tips-none = No hay ninguno.
tips-trapped = Se rellenó un campo oculto, como hacen las máquinas.
tips-decided = Decisión de { $name }, { $time }
tips-accept = Convertir en borrador
tips-decline = Descartar
tips-spam = Es spam
tips-draft = Ir al borrador
tips-is-declined = El aviso se descartó. Se conserva entre los descartados.
tips-is-spam = El aviso se marcó como spam. Se conserva entre el spam.
tips-waiting = { $n ->
    [one] { $n } aviso nuevo del público
   *[other] { $n } avisos nuevos del público
}
tips-said = Esto lo escribió alguien del público en un aviso. No se publica.
problem-nothing-said = Escriba algo o dé un enlace: con uno de los dos basta.
