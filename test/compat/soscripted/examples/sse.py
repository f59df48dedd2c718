import requests
import json

response = requests.post(
    "https://soscripted.com/api/public/transcribe",
    headers={
        "Authorization": "Bearer sk_your_api_key_here",
        "Content-Type": "application/json",
        "Accept": "text/event-stream",
    },
    json={"url": "https://www.youtube.com/watch?v=dQw4w9WgXcQ"},
    stream=True,
)

for line in response.iter_lines(decode_unicode=True):
    if line.startswith("data: "):
        data = json.loads(line[6:])
        print("Event:", data)
        if "caption" in data:
            print("Transcript:", data["caption"]["text"])
