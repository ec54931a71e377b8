"""The stand-in of IAM answers as IBM's client expects it, class by class."""

import iam
import pytest
from ibm_cloud_sdk_core import ApiException
from ibm_platform_services.iam_access_groups_v2 import (
    AddGroupMembersRequestMembersItem, AddGroupMembersResponse, GroupMembersList)
from ibm_platform_services.iam_identity_v1 import (
    ApiKey, ApiKeyList, IamIdentityV1, ServiceId, ServiceIdList)


def refused(status, call, *given, **named):
    with pytest.raises(ApiException) as raised:
        call(*given, **named)
    assert raised.value.status_code == status
    assert raised.value.message
    return raised.value.message


def made_service_id(identity, **more):
    answer = identity.create_service_id(iam.ACCOUNT, "made", description="by a test", **more)
    assert answer.get_status_code() == 201
    return ServiceId.from_dict(answer.get_result())


def made_key(identity, service_id, **more):
    answer = identity.create_api_key("key", service_id.iam_id, description="by a test",
                                     account_id=iam.ACCOUNT, store_value=False, **more)
    assert answer.get_status_code() == 201
    return ApiKey.from_dict(answer.get_result())


def test_the_account_of_a_key(identity):
    details = ApiKey.from_dict(identity.get_api_keys_details(iam_api_key=iam.API_KEY).get_result())
    assert (details.account_id, details.apikey) == (iam.ACCOUNT, "")


def test_a_key_that_nobody_knows(connect):
    message = refused(400, connect(IamIdentityV1, "unknown").list_service_ids, account_id=iam.ACCOUNT)
    assert "could not be found" in message


def test_service_ids(identity):
    made = made_service_id(identity)
    assert made.iam_id == "iam-" + made.id and not made.locked
    found = ServiceId.from_dict(identity.get_service_id(made.id).get_result())
    assert found == made
    listed = ServiceIdList.from_dict(
        identity.list_service_ids(account_id=iam.ACCOUNT, name="made").get_result())
    assert [one.id for one in listed.serviceids] == [made.id]
    refused(403, identity.create_service_id, "b" * 32, "made")
    assert identity.delete_service_id(made.id).get_status_code() == 204
    refused(404, identity.get_service_id, made.id)


def test_what_is_locked_stays(identity):
    made = made_service_id(identity)
    key = made_key(identity, made, entity_lock="true")
    assert key.locked
    refused(409, identity.delete_api_key, key.id)
    refused(409, identity.delete_service_id, made.id)
    identity.lock_service_id(made.id)
    identity.unlock_api_key(key.id)
    refused(409, identity.delete_service_id, made.id)
    identity.unlock_service_id(made.id)
    assert identity.delete_service_id(made.id).get_status_code() == 204
    refused(404, identity.get_api_key, key.id)


def test_keys_are_told_once_and_listed_by_pages(identity):
    made = made_service_id(identity)
    keys = {made_key(identity, made).id for _ in range(5)}
    seen, token = set(), None
    while True:
        page = ApiKeyList.from_dict(identity.list_api_keys(
            account_id=iam.ACCOUNT, iam_id=made.iam_id, pagesize=2, pagetoken=token).get_result())
        assert all(one.apikey == "" for one in page.apikeys)
        seen |= {one.id for one in page.apikeys}
        if not page.next:
            break
        token = page.next.split("pagetoken=")[1]
    assert seen == keys


def test_a_key_works_until_it_is_removed(identity, connect):
    key = made_key(identity, made_service_id(identity))
    own = connect(IamIdentityV1, key.apikey)
    assert own.get_api_keys_details(iam_api_key=key.apikey).get_status_code() == 200
    assert identity.delete_api_key(key.id).get_status_code() == 204
    refused(401, own.get_api_keys_details, iam_api_key=key.apikey)


def test_members(identity, groups):
    made = made_service_id(identity)
    group = iam.GROUPS[0]
    member = AddGroupMembersRequestMembersItem(iam_id=made.iam_id, type="service")
    answer = groups.add_members_to_access_group(group, members=[member])
    assert answer.get_status_code() == 207
    [outcome] = AddGroupMembersResponse.from_dict(answer.get_result()).members
    assert outcome.status_code == 200
    listed = GroupMembersList.from_dict(groups.list_access_group_members(group).get_result())
    assert [one.iam_id for one in listed.members] == [made.iam_id]
    assert groups.remove_member_from_access_group(group, made.iam_id).get_status_code() == 204
    refused(404, groups.remove_member_from_access_group, group, made.iam_id)
    refused(404, groups.add_members_to_access_group, "AccessGroupId-unknown", members=[member])
    stranger = AddGroupMembersRequestMembersItem(iam_id="iam-ServiceId-unknown", type="service")
    answer = groups.add_members_to_access_group(group, members=[stranger]).get_result()
    [outcome] = AddGroupMembersResponse.from_dict(answer).members
    assert outcome.status_code == 404 and outcome.errors[0].code == "member_not_found"


def test_failures_are_made_before_and_after_a_call_takes_effect(identity, server):
    server.fail(method="POST", path="/v1/serviceids", status=503, message="not now")
    assert "not now" in refused(503, identity.create_service_id, iam.ACCOUNT, "never")
    server.fail(method="POST", path="/v1/serviceids", drop=True, after=True)
    with pytest.raises(Exception):
        identity.create_service_id(iam.ACCOUNT, "lost")
    names = [one["name"] for one in server.state()["service_ids"]]
    assert "never" not in names and names.count("lost") == 1
