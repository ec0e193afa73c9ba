from __future__ import annotations

import pytest

from bot.halo import services
from bot.halo.client import HaloInfiniteClient


@pytest.mark.parametrize("name", ["profile", "gamecms_hacs", "skill", "stats", "discovery_ugc", "economy"])
def test_every_service_of_the_client_is_offered_by_the_package(name: str, client: HaloInfiniteClient) -> None:
    service = type(getattr(client, name))

    assert getattr(services, service.__name__) is service
    assert service.__name__ in services.__all__
