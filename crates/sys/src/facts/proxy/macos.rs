use netmend_model::facts::ProxySettings;

pub(super) async fn read() -> ProxySettings {
    super::nothing("system configuration: this version of Netmend cannot read it yet")
}
