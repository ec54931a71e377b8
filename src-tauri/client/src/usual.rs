//! Where instances usually are, and where their keys are exchanged.

/// IAM of IBM Cloud.
const CLOUD_IAM: &str = "https://iam.cloud.ibm.com";
/// Domain of the instances in IBM Cloud.
const CLOUD: &str = ".secrets-manager.appdomain.cloud";

/// Service URL of an instance in IBM Cloud; `private`: as it is reached from within IBM's network.
pub fn cloud_url(instance_id: &str, region: &str, private: bool) -> String {
    let private = if private { ".private" } else { "" };
    format!("https://{instance_id}{private}.{region}{CLOUD}")
}

/// Where the key of an instance is exchanged unless somebody says otherwise: at IBM's IAM for an
/// instance in IBM Cloud, otherwise at the instance itself.
pub fn iam_url(service_url: &str) -> String {
    let authority = service_url.split("://").nth(1).unwrap_or_default();
    let host = authority.split(['/', ':']).next().unwrap_or_default();
    if host.ends_with(".appdomain.cloud") {
        return CLOUD_IAM.to_owned();
    }
    let base = service_url.trim().trim_end_matches('/');
    base.trim_end_matches("/api").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instance_in_the_cloud_is_found_by_region_and_id() {
        let url = cloud_url("i", "us-south", false);
        assert_eq!(url, "https://i.us-south.secrets-manager.appdomain.cloud");
        let url = cloud_url("i", "eu-de", true);
        assert_eq!(
            url,
            "https://i.private.eu-de.secrets-manager.appdomain.cloud"
        );
    }

    #[test]
    fn a_key_is_exchanged_where_the_instance_says() {
        for (service, iam) in [
            ("http://127.0.0.1:8200", "http://127.0.0.1:8200"),
            ("https://kt.example.test/api/", "https://kt.example.test"),
            (
                "https://x.appdomain.cloud.example.test",
                "https://x.appdomain.cloud.example.test",
            ),
            (
                "https://i.private.eu-de.secrets-manager.appdomain.cloud/api",
                CLOUD_IAM,
            ),
        ] {
            assert_eq!(iam_url(service), iam);
        }
    }
}
