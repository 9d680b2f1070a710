### Les salons, les groupes et les rôles.

room-linked = { $room } est relié : { $purpose }, { $language }, à l’heure de { $zone }.

room-unlinked = Ce salon n’est plus relié : rien n’y sera plus publié. Ce qui est compté le reste.

room-none = Aucun salon n’est encore relié. L’administration tape « { -prefix }salon ajouter » dans chacun.

room-list-title = Salons reliés

room-line = { $room } · { $purpose } · { $language } · { $group } · { $zone }

group-bad-name = « { $name } » ne peut pas être le nom d’un groupe. Prenez au plus 40 caractères, sans virgule ni point-virgule.

group-known = Il y a déjà un groupe « { $name } ».

group-made = Le groupe « { $name } » est prêt. Mettez-y des salons avec « { -prefix }salon ajouter ».

role-granted = { $name } a maintenant ce rôle : { $role }, { $place }.

role-revoked = { $name } n’a plus ce rôle : { $role }.

role-not-held = { $name } n’a pas ce rôle à cet endroit : { $role }.

role-not-by-group = Ce rôle vaut pour toute l’organisation : { $role }. Tapez la commande de nouveau, sans le groupe.

role-last-admin = C’est la dernière personne de l’administration. Donnez d’abord ce rôle à quelqu’un d’autre.

room-seeded = C’est fait : les publications portent ici leurs réactions d’avance.

room-not-seeded = C’est fait : les publications ne portent ici que les réactions qu’on leur donne.

room-seed-needless = Les publications ont ici des boutons : il n’y a rien à y mettre d’avance.
