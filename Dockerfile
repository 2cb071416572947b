FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app
COPY requirements.lock ./
RUN pip install --quiet --root-user-action=ignore --require-hashes -r requirements.lock

COPY manifest.json ./
COPY bot bot
COPY storage storage
COPY prompts prompts
COPY templates templates

# The bot owns nothing but its data; DATABASE_URL may name a PostgreSQL instead.
RUN useradd --system --uid 10001 --no-create-home postmortem && install -d -o postmortem /data
USER postmortem
VOLUME /data
ENV DATABASE_URL=sqlite:////data/postmortem.db

HEALTHCHECK --interval=60s --timeout=20s --start-period=30s CMD ["python", "-m", "bot", "doctor", "--offline"]
CMD ["python", "-m", "bot", "run"]
