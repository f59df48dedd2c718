"""What faster-whisper hears, for `npm run bench -- hearing`: a line of JSON for each recording and mode.

  python hearing.py MODEL THREADS ROUNDS [RECORDING LANGUAGE]...

`plain` is one window after the other, `batched` its batched pipeline, eight windows at a time; both with beam 1 and word
times. The model is in memory before the time begins, which is the best of the rounds.
"""
import json
import resource
import sys
import time

from faster_whisper import BatchedInferencePipeline, WhisperModel

model = WhisperModel(sys.argv[1], compute_type="int8", cpu_threads=int(sys.argv[2]))
batched = BatchedInferencePipeline(model)
for path, language in zip(sys.argv[4::2], sys.argv[5::2]):
    wishes = dict(language=language or None, beam_size=1, word_timestamps=True)
    for mode in ("plain", "batched"):
        took = []
        for _ in range(int(sys.argv[3])):
            begin = time.time()
            if mode == "batched":
                segments, _info = batched.transcribe(path, batch_size=8, **wishes)
            else:
                segments, _info = model.transcribe(path, **wishes)
            words = [(w.word, w.start) for segment in segments for w in segment.words or []]
            took.append(time.time() - begin)
        print(json.dumps({
            "path": path,
            "mode": mode,
            "seconds": min(took),
            "bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            "words": [{"word": word, "start": start} for word, start in words],
        }), flush=True)
