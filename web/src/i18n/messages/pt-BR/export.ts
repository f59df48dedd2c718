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
  fonts: {
    server: 'O servidor não tem uma fonte para {scripts}',
    device: 'Este dispositivo não tem uma fonte para alguns caracteres: {scripts}',
    script: '{name} ({letters})',
    onServer:
      'A criação do vídeo falharia. Quem administra o servidor pode instalar o que falta: {packages} no Debian ou no Ubuntu.',
    inPdf:
      'O PDF mostraria quadrados no lugar. Instale uma fonte adequada, como a Noto (fonts.google.com/noto), e recarregue esta página, ou imprima em outro dispositivo.',
    inFile:
      'O arquivo contém esses caracteres, mas só aparece corretamente em um dispositivo com uma fonte adequada, como a Noto (fonts.google.com/noto).',
  },
  preview: {
    video: 'Prévia das legendas',
    label: 'Prévia',
  },
}
