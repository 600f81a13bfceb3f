# Signing in, and the people of the desk.
sign-in = Iniciar sesión
sign-in-expired = La sesión terminó. Hay que iniciarla de nuevo; lo escrito se conserva.
sign-in-wrong = La dirección y la contraseña no corresponden. No se indica cuál de las dos falla.
sign-in-too-many = Demasiados intentos. Se puede volver a intentar en { $n ->
    [one] { $n } minuto
   *[other] { $n } minutos
}; hasta entonces tampoco sirve la contraseña correcta.
sign-in-lost = ¿Contraseña olvidada, o aún sin cuenta? Quien administra el sitio puede dar un enlace.
code-title = Un paso más
code = Código
code-hint = Las seis cifras que muestra ahora la aplicación de autenticación, o uno de los códigos de recuperación.
code-wrong = Ese código no vale: es incorrecto, caducó o ya se usó.
signed-in-title = Sesión iniciada
signed-in-text = Lo escrito sigue aquí y se envía al continuar.
signed-in-go-on = Continuar
to-desk = A la redacción
forbidden-title = Acción no permitida
forbidden-text = El papel de esta cuenta no lo permite. Quien administra el sitio puede cambiarlo.
not-at-desk-text = No hay nada en esta dirección de la redacción. Quizá ya se haya resuelto.
overtaken-title = Alguien se adelantó
overtaken-text = Lo que se iba a cambiar ya no está como se veía. Conviene volver, recargar la página y mirar de nuevo.
cross-site-title = Esto no vino de aquí
cross-site-text = Una página de otro sitio intentó hacer algo en su lugar. Se rechazó y nada ha cambiado. Si se venía de una página de este sitio, basta con recargarla e intentarlo de nuevo.
person-name = Nombre
person-name-hint = Para el resto del equipo. Nunca aparece en público.
person-email = Correo electrónico
person-role = Papel
person-disable = No dejar entrar más
password = Contraseña
password-now = Contraseña actual
password-again = La misma contraseña otra vez
password-hint = Al menos 12 caracteres; varias palabras forman una buena. Sin reglas sobre cifras o signos.
password-set = Fijar la contraseña
set-up-title = La primera cuenta de administración
set-up-text = Nadie puede iniciar sesión todavía. Quien complete este formulario administra la redacción e invita a las demás personas.
set-up-do = Abrir la redacción
invited-title = Bienvenida a la redacción
reset-title = Una contraseña nueva
reset-both-text = Con ella se desactiva el segundo factor. Después puede activarse de nuevo en la página de la cuenta.
link-for = Este enlace es para { $name } ({ $email }) y sirve una sola vez.
link-gone-title = Este enlace ya no sirve
link-gone-text = Se usó, caducó o fue reemplazado por otro más nuevo. Quien administra el sitio puede crear otro; si no hay nadie, basta con reiniciar el servidor y usar el enlace que muestra.
problem-not-an-email = «{ $given }» no es un correo electrónico; se acepta: nombre@example.org
problem-too-short = tiene { $length } caracteres; se necesitan al menos { $least }
problem-too-common = está entre las contraseñas que se prueban primero; hace falta una que nadie más tenga
problem-names-you = es el propio nombre o la propia dirección, que se prueban primero
problem-differs = no coincide con lo escrito antes
problem-not-right = no es correcta
problem-last-administrator = es la última cuenta de administración que puede iniciar sesión; antes debe haber otra

## The list of people
people-lede = Todas las personas que pueden entrar a la redacción. Sus nombres son solo para el equipo; en público aparecen como la organización.
person-is-in = entra con contraseña
person-is-in-with-code = entra con contraseña y código
person-is-invited = con invitación; aún no ha entrado
person-is-disabled = sin acceso
person-change-role = Cambiar el papel
person-make-link = Enlace para una contraseña nueva
person-enable = Dejar entrar de nuevo
reset-both-too = también se perdió el segundo factor
invite-title = Invitar a alguien
invite-text = Se crea un enlace que sirve una sola vez. No hay servidor de correo configurado: el enlace se entrega a mano.
invite-do = Crear la invitación
desk-role-may-contributor = escribe borradores de compromisos nuevos
desk-role-may-editor = cambia también lo público, ordena avisos, importa
desk-role-may-reviewer = aprueba lo que otras personas escribieron y lo publica
desk-role-may-administrator = se ocupa de personas y claves, lee el registro
link-made-title = Enlace para entregar
link-made-invite = Con él, { $name } ({ $email }) puede elegir una contraseña y entrar a la redacción.
link-made-reset = Con él, { $name } ({ $email }) puede elegir una contraseña nueva. Los enlaces anteriores de la misma persona dejan de servir.
link-made-once = Solo se muestra aquí y sirve una sola vez.
link-valid-a-day = Puede usarse durante 24 horas.
link-valid-days = Puede usarse durante { $n } días.
link-no-mail = No se envió ningún correo, porque no hay servidor de correo configurado. Quien tenga el enlace puede entrar como esta persona: conviene entregarlo por un medio seguro.

## One's own account
account-title = La cuenta propia
password-change = Cambiar la contraseña
password-changed = La contraseña cambió. Las demás sesiones se cerraron.
factor-title = Segundo factor
factor-is-off = Además de la contraseña, al iniciar sesión puede pedirse un código que muestra una aplicación del teléfono. Así, una contraseña robada no basta.
factor-begin = Activarlo
factor-offer = Una aplicación de autenticación puede leer este código, o se puede escribir en ella el secreto. Después se introducen las seis cifras que muestra.
factor-qr = Código cuadrado con el secreto, para la cámara de una aplicación de autenticación
factor-secret = Secreto:
factor-open-app = Abrir en una aplicación de autenticación de este dispositivo
factor-code-hint = Las seis cifras que muestra ahora la aplicación. Desde entonces se pedirá un código al iniciar sesión.
factor-prove = Activarlo con este código
factor-is-on = Al iniciar sesión se pide un código, desde el
factor-codes-left = { $n ->
    [one] Queda { $n } código de recuperación.
   *[other] Quedan { $n } códigos de recuperación.
}
factor-new-codes = Crear códigos de recuperación nuevos
factor-end = Desactivar el segundo factor
factor-ended = El segundo factor está desactivado. Al iniciar sesión solo se pide la contraseña.
codes-title = Códigos de recuperación
codes-text = Cada uno sirve una vez en lugar de un código, el día en que se pierda el teléfono. Solo se muestran ahora: conviene imprimirlos o guardarlos junto a las contraseñas.
sessions-title = Sesiones
sessions-text = La sesión está abierta en este dispositivo y quizá en otros. Termina tras 12 horas sin uso y, en todo caso, a los 7 días.
sessions-end = Cerrar todas las sesiones

## The log
audit-title = El registro
audit-lede = Quién hizo qué en la redacción, lo más nuevo primero. Nada de él puede cambiarse.
audit-when = Cuándo
audit-who = Quién
audit-what = Qué
audit-whom = Sobre qué
audit-detail = Además
audit-from = Desde
audit-until = Hasta
audit-anybody = Cualquier persona
audit-any-act = Cualquier acción
audit-nobody = nadie con sesión, o la línea de órdenes
audit-none = No se hizo nada de este tipo.
audit-older = Entradas anteriores
audit-newest = Entradas más nuevas
audit-csv = Todas estas en CSV
