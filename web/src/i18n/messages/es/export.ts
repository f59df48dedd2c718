export default {
  dialog: {
    title: 'Descargar',
    format: 'Formato',
    lineLength: 'Caracteres por línea',
    lines: 'Líneas a la vez',
    fps: 'Fotogramas por segundo',
    speakers: 'Hablantes',
    times: 'Tiempos',
    pdf: 'PDF, mediante impresión',
    print: 'Imprimir o guardar como PDF',
    cancel: 'Cancelar',
  },
  film: {
    title: 'Vídeo con subtítulos',
    about:
      'El servidor incrusta los subtítulos en la grabación y crea un archivo MP4. Mientras tanto, puedes salir de esta página. El vídeo se conserva {days, plural, one {# día} other {# días}}.',
    make: 'Crear vídeo',
    again: 'Crear de nuevo',
    stop: 'Detener',
    noFont: 'El servidor no tiene ninguna fuente para {scripts}',
    script: '{name} ({letters})',
    installFont:
      'El vídeo fallaría. Quien administra el servidor puede instalar una fuente, por ejemplo los paquetes fonts-noto-core y fonts-noto-cjk en Debian o Ubuntu.',
    waiting: 'Esperando su turno…',
    making: 'Creando el vídeo…',
    progress: 'Progreso del vídeo',
    ready: 'El vídeo está listo: {size}.',
    size: 'Tamaño de la letra',
    sizes: {
      small: 'Pequeño',
      medium: 'Mediano',
      large: 'Grande',
    },
    position: 'Posición',
    positions: {
      bottom: 'Abajo',
      top: 'Arriba',
    },
  },
  preview: {
    video: 'Vista previa de los subtítulos',
    label: 'Vista previa',
  },
}
