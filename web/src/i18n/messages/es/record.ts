export default {
  label: 'O graba',
  fileName: 'Grabación',
  kept: 'Se conserva en este navegador hasta que se haya subido.',
  source: {
    microphone: 'Micrófono',
    tab: 'Sonido de una pestaña',
    both: 'Pestaña y micrófono',
  },
  which: 'Qué micrófono',
  asking: {
    microphone: 'Tu navegador pregunta si esta página puede usar el micrófono.',
    tab: 'Elige una pestaña y activa su sonido.',
  },
  recording: {
    microphone: 'Grabando el micrófono',
    tab: 'Grabando una pestaña',
    both: 'Grabando una pestaña y el micrófono',
  },
  paused: 'En pausa',
  length: 'Grabado hasta ahora',
  pause: 'Pausar',
  resume: 'Reanudar',
  stop: 'Detener la grabación',
  silent: {
    microphone: 'No se oye nada. ¿Está elegido el micrófono correcto y está encendido?',
    tab: 'No se oye nada. ¿La pestaña está reproduciendo algo?',
  },
  elsewhere: {
    ready: 'La grabación está lista.',
    transcribe: 'Transcribir',
  },
  keeping:
    'Lo que se graba se va guardando en este navegador. No se envía nada hasta que pulses «Transcribir».',
  notKept: {
    title: 'Este navegador no tiene más espacio',
    text: 'El resto de esta grabación se perderá si se cierra la pestaña. Detenla pronto y transcribe lo que tienes.',
  },
  problemTitle: 'No se está grabando nada',
  problem: {
    insecure:
      'Los navegadores solo dejan grabar a una página si su dirección empieza por https://, o por http://localhost en el ordenador donde funciona Earshot. Abre Earshot en una dirección así.',
    unable: 'Este navegador no puede grabar. Prueba una versión actual de Chrome, Edge, Firefox o Safari.',
    noPermission:
      'El navegador no deja que esta página use el micrófono. Permítelo en los ajustes junto a la dirección e inténtalo de nuevo.',
    noMicrophone: 'No hay ningún micrófono. Conecta uno e inténtalo de nuevo.',
    microphoneBusy: 'El micrófono no responde. Puede que otro programa lo esté usando.',
    nothingShared: 'No se ha compartido ninguna pestaña.',
    noSoundShared:
      'La pestaña se ha compartido sin su sonido. Inténtalo de nuevo y activa «Compartir también el audio de la pestaña». Firefox y Safari no pueden compartir el sonido: usa Chrome o Edge.',
    failed: 'El navegador no ha podido grabar. Inténtalo de nuevo.',
  },
  left: {
    title: 'Grabaciones que no se han subido',
    says: 'Solo están en este navegador.',
    use: 'Elegir',
    useNamed: 'Elegir: {name}',
    listen: 'Escuchar',
    listenNamed: 'Escuchar: {name}',
    delete: 'Eliminar',
    deleteNamed: 'Eliminar: {name}',
    ask: '¿Eliminar esta grabación?',
    gone: '«{name}» no se ha subido. No se podrá recuperar.',
    deleteForGood: 'Eliminar grabación',
    save: 'Guardar como archivo',
    unreadable: 'El navegador no ha podido leer esta grabación.',
  },
}
