"""Settings: everything the operator can say, read once from the environment and ``.env``.

Every name has the prefix ``ADJUTANT_``; a secret may also be given as a file, by the same name with
``_FILE`` behind it (Docker and Kubernetes secrets).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Literal, get_args

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

__all__ = ["DISCORD_API", "ConfigurationError", "Settings", "UnavailableError", "load_settings"]

PREFIX = "ADJUTANT_"
DISCORD_API = "https://discord.com/api/v10"


class ConfigurationError(Exception):
    """The operator has to change a setting; the message is one sentence that says which and how."""

    exit_code: ClassVar[int] = 78  # sysexits.h: EX_CONFIG


class UnavailableError(ConfigurationError):
    """A service cannot be reached at the start, though the settings may be right."""

    exit_code = 75  # sysexits.h: EX_TEMPFAIL, worth another start


class _SecretFiles(PydanticBaseSettingsSource):
    """Reads ``ADJUTANT_X_FILE`` for every secret ``x``: its value is the file's content, stripped."""

    def get_field_value(self, field: object, field_name: str) -> tuple[str | None, str, bool]:
        """Return the content of the file that names this field, if there is one."""
        path = os.environ.get(f"{PREFIX}{field_name.upper()}_FILE")
        if not path:
            return None, field_name, False
        try:
            return Path(path).read_text("utf-8").strip(), field_name, False
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not text"
            raise ConfigurationError(
                f"{PREFIX}{field_name.upper()}_FILE names a file that cannot be read ({reason})."
            ) from None

    def __call__(self) -> dict[str, str]:
        """Collect the secrets given as files."""
        found = {
            name: self.get_field_value(field, name)[0]
            for name, field in self.settings_cls.model_fields.items()
            if SecretStr in get_args(field.annotation)
        }
        return {name: value for name, value in found.items() if value}


class Settings(BaseSettings):
    """What the operator decided. Secrets never show in a repr or an error."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    discord_token: SecretStr | None = Field(
        default=None, description="The bot's token from Discord's developer portal."
    )
    discord_api_base: str = Field(default=DISCORD_API, description="Where Discord's REST API lives.")
    halo_origin: str = Field(default="", description="A stand-in for every Halo, Xbox and Microsoft host.")
    halo_spartan_token: SecretStr | None = Field(default=None, description="A Spartan token given by hand.")
    halo_clearance_token: SecretStr | None = Field(
        default=None, description="The clearance that goes with it."
    )
    data_dir: Path = Field(default=Path("data"), description="Cache and everything else that is kept.")
    cache_max_mb: int = Field(
        default=512, ge=16, le=1_000_000, description="The HTTP cache's size bound in MiB."
    )
    database_url: SecretStr | None = Field(
        default=None, description="The database; default: the file adjutant.sqlite in the data folder."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    log_format: Literal["auto", "console", "json"] = "auto"
    health_host: str = Field(default="127.0.0.1", description="Address of /healthz and /metrics.")
    health_port: int | None = Field(
        default=None, ge=0, le=65535, description="Port of /healthz and /metrics; none: off."
    )
    draw_workers: int = Field(default=2, ge=1, le=16, description="Processes that draw pictures.")
    operator: str = Field(default="", max_length=100, description="Who runs this bot, as /help shows it.")
    privacy_url: str = Field(default="", max_length=300, description="A privacy text of your own for /help.")

    @field_validator("log_level", "log_format", mode="before")
    @classmethod
    def _any_case(cls, value: object, info: object) -> object:
        if not isinstance(value, str):
            return value
        return value.upper() if value.upper() in {"DEBUG", "INFO", "WARNING", "ERROR"} else value.lower()

    @field_validator("discord_api_base", "halo_origin")
    @classmethod
    def _no_trailing_slash(cls, value: str) -> str:
        return value.strip().rstrip("/")

    @field_validator("discord_api_base")
    @classmethod
    def _http_address(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", value):
            raise ValueError("it is no http address")
        return value

    @field_validator("discord_token", "halo_spartan_token", "halo_clearance_token")
    @classmethod
    def _one_word(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"\s*[!-~]*\s*", value.get_secret_value()):
            raise ValueError("it has characters in it that no token has")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Arguments win over the environment, that over secret files, these over ``.env``."""
        return init_settings, env_settings, _SecretFiles(settings_cls), dotenv_settings

    def secrets(self) -> Mapping[str, str]:
        """The secret values that are set, by setting name: what must never reach a log."""
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return {k: v.get_secret_value() for k, v in values.items() if isinstance(v, SecretStr)}

    def require(self, *names: str) -> tuple[str, ...]:
        """Return the named secrets' values.

        Raises:
            ConfigurationError: One of them is not set; the message names all that are missing.
        """
        secrets = self.secrets()
        missing = [f"{PREFIX}{name.upper()}" for name in names if not secrets.get(name, "").strip()]
        if missing:
            verb = "is" if len(missing) == 1 else "are"
            raise ConfigurationError(
                f"{' and '.join(missing)} {verb} not set: set it in the environment or in .env (see .env.example)."
            )
        return tuple(secrets[name].strip() for name in names)


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        ConfigurationError: A value is not what the setting takes; the message never shows the value.
    """
    try:
        return Settings()
    except UnicodeDecodeError:
        raise ConfigurationError("The file .env is not UTF-8 text: save it as that.") from None
    except OSError as error:
        raise ConfigurationError(f"The file .env cannot be read ({error.strerror}).") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        name = PREFIX + "_".join(str(part) for part in first["loc"]).upper()
        raise ConfigurationError(
            f"{name} is not valid: {first['msg'].removeprefix('Value error, ')}."
        ) from None
