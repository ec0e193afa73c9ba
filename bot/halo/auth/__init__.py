"""Signing in: from a Microsoft account to the tokens that Halo's services take, and staying signed in.

:func:`refresh_player_tokens` takes all steps once. :class:`TokenKeeper` takes them whenever it is time,
and keeps what has to be kept in a :class:`TokenStore`. A first sign-in comes from
:func:`sign_in_with_device_code` or :func:`sign_in_with_browser`, and is stored by :class:`SignInRenewal`.
"""

from __future__ import annotations

from bot.halo.auth.app import AzureApp
from bot.halo.auth.browser import sign_in_with_browser
from bot.halo.auth.core import authenticate_player, refresh_player_tokens
from bot.halo.auth.device_code import DeviceCode, sign_in_with_device_code
from bot.halo.auth.file_store import FileTokenStore
from bot.halo.auth.halo import ClearanceToken, SpartanToken
from bot.halo.auth.keeper import TokenKeeper
from bot.halo.auth.keyring_store import KeyringTokenStore
from bot.halo.auth.oauth import OAuth2Token
from bot.halo.auth.player import AuthenticatedPlayer
from bot.halo.auth.renewal import SignInRenewal
from bot.halo.auth.store import StoredSignIn, TokenStore
from bot.halo.auth.xbox_profile import request_xbox_profile

__all__ = [
    "AuthenticatedPlayer",
    "AzureApp",
    "ClearanceToken",
    "DeviceCode",
    "FileTokenStore",
    "KeyringTokenStore",
    "OAuth2Token",
    "SignInRenewal",
    "SpartanToken",
    "StoredSignIn",
    "TokenKeeper",
    "TokenStore",
    "authenticate_player",
    "refresh_player_tokens",
    "request_xbox_profile",
    "sign_in_with_browser",
    "sign_in_with_device_code",
]
