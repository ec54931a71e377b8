"""IBM's own clients of IAM, against the stand-in."""

import iam
import pytest
from ibm_cloud_sdk_core.authenticators import IAMAuthenticator
from ibm_platform_services import IamAccessGroupsV2, IamIdentityV1


@pytest.fixture
def server():
    with iam.stand_in() as running:
        yield running


@pytest.fixture
def connect(server):
    """Makes a client for an API key."""
    def made(client_class, apikey=iam.API_KEY):
        client = client_class(authenticator=IAMAuthenticator(apikey, url=server.url))
        client.set_service_url(server.url)
        return client

    return made


@pytest.fixture
def identity(connect):
    return connect(IamIdentityV1)


@pytest.fixture
def groups(connect):
    return connect(IamAccessGroupsV2)
