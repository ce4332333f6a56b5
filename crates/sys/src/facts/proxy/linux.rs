use netmend_model::facts::ProxySettings;

pub(super) async fn read() -> ProxySettings {
    super::nothing("desktop settings: not read")
}
