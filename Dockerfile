# One image for web, worker and beat; compose.yaml says which one a container is.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=shopsite.settings.production \
    GRANIAN_HOST=0.0.0.0 \
    PORT=8000 \
    MEDIA_ROOT=/srv/media \
    PRIVATE_ROOT=/srv/private

WORKDIR /srv/shop
COPY requirements.txt constraints.txt ./
RUN pip install --no-cache-dir --requirement requirements.txt --constraint constraints.txt

COPY . .
# Collecting needs settings but none of their secrets; these values stay in this one step. SQLITE=1
# stands in for a database that nobody asks.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    ALLOWED_HOSTS=build SITE_URL=https://build EMAIL_URL=smtp://build SQLITE=1 \
    STRIPE_SECRET_KEY=sk_test_build STRIPE_WEBHOOK_SECRETS=whsec_build \
    python manage.py collectstatic --no-input --verbosity 0 \
    && useradd --system --home-dir /srv/shop shop \
    && mkdir -p /srv/media/images /srv/private \
    && chown -R shop:shop var /srv/media /srv/private

USER shop
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "-m", "bin.probe"]
CMD ["honcho", "start", "--no-prefix", "web"]
