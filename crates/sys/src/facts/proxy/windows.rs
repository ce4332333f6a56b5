use netmend_model::facts::ProxySettings;

pub(super) async fn read() -> ProxySettings {
    super::nothing("Windows settings of the user and of the machine: this version of Netmend cannot read them yet")
}
