# syntax=docker/dockerfile:1
FROM python:3.13-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/adjutant
COPY requirements/build.txt requirements/run.txt requirements/
RUN python -m venv /opt/build \
 && /opt/build/bin/pip install --require-hashes -r requirements/build.txt \
 && /opt/adjutant/bin/pip install --require-hashes --no-compile -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY cogs cogs
RUN /opt/build/bin/python -m hatchling build -t wheel \
 && /opt/adjutant/bin/pip install --no-deps --no-index dist/*.whl


FROM python:3.13-slim

RUN apt-get update \
 && apt-get install --yes --no-install-recommends fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --user-group --no-create-home adjutant \
 && install -d -o adjutant -g adjutant -m 0700 /data
COPY --from=build /opt/adjutant /opt/adjutant
ENV PATH=/opt/adjutant/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    ADJUTANT_DATA_DIR=/data \
    ADJUTANT_HEALTH_PORT=8080
USER adjutant
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["adjutant", "health"]
ENTRYPOINT ["adjutant"]
CMD ["run"]
