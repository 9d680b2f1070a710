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

room-crossposted = C’est fait : les publications d’ici sont aussi diffusées dans les salons qui suivent celui-ci.

room-not-crossposted = C’est fait : les publications restent dans ce salon.

room-crosspost-needless = Seul un salon d’annonces de Discord peut être suivi depuis d’autres serveurs. Tapez cette commande dans l’un d’eux.

room-seed-needless = Les publications ont ici des boutons : il n’y a rien à y mettre d’avance.

room-linked-in-group = { $room } est relié : { $purpose }, { $language }, groupe « { $group } », à l’heure de { $zone }.

room-line-absent = { $room } · ⚠️ { $why }

room-unlinked-elsewhere = { $room } n’est plus relié : rien n’y sera plus publié. Ce qui est compté le reste.

room-invitation-declined = Ce robot travaille pour { $organisation } et vient quand l’administration, la coordination ou une personne qui est dans un de ses salons l’invite.

room-hello = Bonjour ! Me voici dans { $room }, où je ne dis rien tant que le salon n’est pas relié. Pour le relier, tapez-y « { $prefix }salon ajouter », puis à quoi il sert (bénévoles, coordination ou direction) et sa langue (fr, en ou les deux).

room-hello-server = Bonjour ! Me voici dans le serveur { $server }, où je ne dis rien tant qu’aucun salon n’est relié. Pour en relier un, tapez-y « { -prefix }salon ajouter », puis à quoi il sert (bénévoles, coordination ou direction) et sa langue (fr, en ou les deux). Il faut que je voie le salon et ses anciens messages, et que j’aie le droit d’y envoyer des messages, des liens et des fichiers.

room-hello-space = Bonjour ! Me voici dans l’espace { $space }. Pour qu’il représente un groupe, tapez ici « { -prefix }groupe espace », puis le nom du groupe et « { $space } ».

room-hello-private = Bonjour ! Je suis le robot de { $organisation }. Ici, les commandes se tapent telles quelles : « { -prefix }aujourd’hui » montre ce qui est ouvert, « { -prefix }aide » tout le reste.

room-no-such-space = Je ne suis dans aucun espace ni serveur « { $given } ». Ceux où je suis : { $known }.

room-no-spaces = Je ne suis dans aucun espace ni serveur « { $given } », ni dans aucun autre. Invitez-moi d’abord.

group-stands = { $space } représente maintenant le groupe « { $group } » : ses salons reliés sans groupe en font partie.

role-mapped =
    { $kind ->
        [role] Sur le serveur de { $room }, quiconque a « { $level } » a maintenant ce rôle, tant que cela dure : { $role }, { $place }.
       *[level] Dans { $room }, à partir du niveau { $level }, on a maintenant ce rôle, tant qu’on garde ce niveau : { $role }, { $place }.
    }

role-unmapped =
    { $kind ->
        [role] Sur le serveur de { $room }, « { $level } » ne donne plus ce rôle : { $role }.
       *[level] Dans { $room }, le niveau { $level } ne donne plus ce rôle : { $role }.
    }

role-not-mapped =
    { $kind ->
        [role] Sur le serveur de { $room }, « { $level } » ne donne pas ce rôle à cet endroit : { $role }.
       *[level] Dans { $room }, le niveau { $level } ne donne pas ce rôle à cet endroit : { $role }.
    }

role-no-such-standing = « { $given } » ne désigne ni un rôle du serveur, ni un niveau de pouvoir. Sur Discord, donnez un rôle de ce serveur, tel qu’il y est écrit ; sur Matrix, un niveau de pouvoir au-dessus de 0, par exemple 50 pour la modération d’un salon.

role-list-title = Qui a un rôle

role-line = { $name } · { $role } · { $place }

role-line-standing =
    { $kind ->
        [role] « { $level } » sur le serveur de { $room }
       *[level] à partir du niveau { $level } dans { $room }
    } · { $role } · { $place }

role-list-empty = Personne n’a reçu de rôle par une commande, et aucun salon n’en donne. L’administration nommée dans la configuration n’est pas dans cette liste.
