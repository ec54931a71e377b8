"""What only a cloud has: refused with a reason, never pretended."""

import pytest
from ibm_secrets_manager_sdk import secrets_manager_v2 as v2
from recorded import refused

UNKNOWN = "00000000-0000-4000-8000-000000000000"
TASK = "sm-task-" + UNKNOWN
CRN = "crn:v1:bluemix:public:event-notifications:us-south:a/" + "1" * 32 + f":{UNKNOWN}::"


def test_notifications(manager):
    for call in (lambda: manager.create_notifications_registration(CRN, "source name"),
                 manager.get_notifications_registration,
                 manager.get_notifications_registration_test,
                 manager.delete_notifications_registration):
        with refused(400, code="not_supported") as refusal:
            call()
        assert len(refusal.message) > 20


def test_tasks(manager, make, name):
    secret = make(v2.ArbitrarySecretPrototype(name=name(), secret_type="arbitrary", payload="x"))
    for call in (lambda: manager.list_secret_tasks(secret["id"]),
                 lambda: manager.get_secret_task(secret["id"], TASK),
                 lambda: manager.replace_secret_task(
                     secret["id"], TASK, v2.SecretTaskPrototypeUpdateSecretTaskCredentialsDeleted(
                         status="credentials_deleted")),
                 lambda: manager.delete_secret_task(secret["id"], TASK)):
        # Updating a task takes the role SecretTaskUpdater, which not even a Manager has.
        with refused(400, 403) as refusal:
            call()
        assert refusal.code in ("not_supported", "forbidden")


SECRETS = [
    v2.ServiceCredentialsSecretPrototype(
        name="service-1", secret_type="service_credentials",
        source_service=v2.ServiceCredentialsSecretSourceService(
            instance=v2.ServiceCredentialsSourceServiceInstance(crn=CRN))),
    v2.CustomCredentialsSecretPrototype(
        name="custom-1", secret_type="custom_credentials", configuration="some-configuration"),
]
CONFIGURATIONS = [
    v2.PublicCertificateConfigurationDNSCloudInternetServicesPrototype(
        config_type="public_cert_configuration_dns_cloud_internet_services", name="cis-1",
        cloud_internet_services_crn=CRN, cloud_internet_services_apikey="kept-to-itself"),
    v2.PublicCertificateConfigurationDNSClassicInfrastructurePrototype(
        config_type="public_cert_configuration_dns_classic_infrastructure", name="classic-1",
        classic_infrastructure_username="somebody", classic_infrastructure_password="kept-to-itself"),
    v2.CustomCredentialsConfigurationPrototype(
        config_type="custom_credentials_configuration", name="custom-1",
        code_engine=v2.CustomCredentialsConfigurationCodeEngine(
            job_name="job", project_id=UNKNOWN, region="us-south")),
]


@pytest.mark.parametrize("prototype", SECRETS, ids=lambda one: one.secret_type)
def test_secrets_of_a_cloud(manager, prototype):
    with refused(400, code="not_supported") as refusal:
        manager.create_secret(prototype)
    assert len(refusal.message) > 20
    listed = manager.list_secrets(secret_types=[prototype.secret_type]).get_result()
    assert listed["total_count"] == 0


@pytest.mark.parametrize("prototype", CONFIGURATIONS, ids=lambda one: one.config_type)
def test_configurations_of_a_cloud(manager, prototype):
    with refused(400, code="not_supported", never=["kept-to-itself"]) as refusal:
        manager.create_configuration(prototype)
    assert len(refusal.message) > 20


def test_what_nobody_knows_is_no_such_case(manager):
    with refused(400) as refusal:
        manager.create_configuration({"config_type": "nonsense", "name": "nonsense-1"})
    assert refusal.code != "not_supported"
    for filtered in (["iam_credentials"], ["custom_credentials"]):
        assert manager.list_configurations(secret_types=filtered).get_result()["total_count"] == 0
