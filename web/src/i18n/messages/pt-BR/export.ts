export default {
  dialog: {
    title: 'Baixar',
    format: 'Formato',
    lineLength: 'Caracteres por linha',
    lines: 'Linhas por vez',
    fps: 'Quadros por segundo',
    speakers: 'Falantes',
    times: 'Tempos',
    pdf: 'PDF, pela impressão',
    print: 'Imprimir ou salvar como PDF',
    cancel: 'Cancelar',
  },
  film: {
    title: 'Vídeo com legendas',
    about:
      'O servidor grava as legendas na imagem e cria um arquivo MP4. Enquanto isso, você pode sair desta página. O vídeo fica guardado por {days, plural, one {# dia} other {# dias}}.',
    make: 'Criar vídeo',
    again: 'Criar de novo',
    stop: 'Parar',
    noFont: 'O servidor não tem uma fonte para {scripts}',
    script: '{name} ({letters})',
    installFont:
      'A criação do vídeo falharia. Quem administra o servidor pode instalar uma fonte, como os pacotes fonts-noto-core e fonts-noto-cjk no Debian ou no Ubuntu.',
    waiting: 'Aguardando a vez…',
    making: 'Criando o vídeo…',
    progress: 'Progresso do vídeo',
    ready: 'O vídeo está pronto: {size}.',
    size: 'Tamanho das letras',
    sizes: {
      small: 'Pequeno',
      medium: 'Médio',
      large: 'Grande',
    },
    position: 'Posição',
    positions: {
      bottom: 'Embaixo',
      top: 'Em cima',
    },
  },
  preview: {
    video: 'Prévia das legendas',
    label: 'Prévia',
  },
}
