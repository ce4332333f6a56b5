### Words of the command line beside reports.

cli-checking = Checking { $target }
cli-checking-online = Checking whether this computer is online
cli-contacts = Contacts: { $list }
cli-saved = Report saved: { $path }
cli-verify-same = { $path }: well formed, and its evidence gives its diagnoses.
cli-verify-differs = { $path }: well formed, but this version judges its evidence differently. netmend report show --rediagnose shows how.

explain-who = Who can act
explain-do = What to do
explain-unknown = There is no cause "{ $id }".
explain-similar = Similar: { $list }
explain-hint = netmend explain lists all causes.
