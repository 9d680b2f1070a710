### Pourquoi quelque chose n’a pas été fait, et quoi faire.

refusal-command-empty = Que souhaitez-vous faire ? Tapez « { -prefix }aujourd’hui » pour voir ce qui est ouvert, ou « { -prefix }aide ».

refusal-command-unknown-nearest = Je ne connais pas « { $given } ». Vouliez-vous dire « { -prefix }{ $nearest } » ?

refusal-command-unknown = Je ne connais pas « { $given } ». Tapez « { -prefix }aide » pour voir ce que vous pouvez faire.

refusal-command-incomplete = Il manque la suite. Vous pouvez taper : { $next }.

refusal-command-missing = Il manque « { $parameter } ». La commande se tape ainsi : { -prefix }{ $usage }

refusal-command-extra = « { $given } » est de trop ici. La commande se tape ainsi : { -prefix }{ $usage }. Mettez entre « » les mots qui vont ensemble.

refusal-no-part = C’est réservé aux personnes qui sont dans un salon de { $organisation }. Demandez à qui s’en occupe de vous faire entrer dans l’un d’eux, puis réessayez.

refusal-admins-only = C’est réservé à l’administration. Demandez à une personne qui en fait partie.

refusal-leadership-only = C’est réservé à la direction et à la coordination. Demandez à une personne qui en fait partie, ou demandez le rôle à l’administration.

refusal-coordinators-only = C’est réservé à la coordination. Demandez à une personne qui en fait partie, ou demandez le rôle à l’administration.

refusal-whole-organisation-only = Cela va dans tous les salons : il faut coordonner toute l’organisation pour le faire. Demandez à une personne qui la coordonne, ou nommez-y vos propres groupes.

refusal-other-groups = Cela concerne { $groups } et dépasse ce que vous coordonnez. Demandez à une personne qui s’en occupe.

refusal-failure = Quelque chose n’a pas fonctionné de notre côté et rien n’a changé. Réessayez dans une minute. Si cela persiste, donnez cette référence à l’équipe technique : { $reference }.

refusal-no-such-ask = Il n’y a pas d’action « { $given } ». Tapez « { -prefix }action liste » pour voir les dernières et leurs numéros.

refusal-no-such-ask-today = Il n’y a pas d’action « { $given } ». Tapez « { -prefix }aujourd’hui » pour voir ce qui est ouvert.

refusal-no-such-campaign = Il n’y a pas de campagne « { $given } ». Tapez « { -prefix }campagne liste » pour voir celles qui existent.

refusal-no-such-campaign-nearest = Il n’y a pas de campagne « { $given } ». Vouliez-vous dire « { $nearest } » ?

refusal-no-such-group = Il n’y a pas de groupe « { $given } ». Les groupes sont : { $known }.

refusal-no-such-group-nearest = Il n’y a pas de groupe « { $given } ». Vouliez-vous dire « { $nearest } » ?

refusal-no-groups = Il n’y a pas de groupe « { $given } », ni aucun autre pour l’instant. L’administration en crée un avec « { -prefix }groupe ajouter ».

refusal-no-such-value = « { $given } » n’est pas reconnu ici. Choisissez parmi : { $known }.

refusal-no-such-person = Je ne connais personne du nom de « { $given } » ici. La personne doit d’abord avoir appuyé sur un bouton, réagi ou tapé une commande là où je suis.

refusal-several-people = Plusieurs personnes s’appellent « { $given } » ici. Mentionnez la personne (@…) plutôt que de taper son nom.

refusal-no-such-day = Le { $day } n’existe pas. Choisissez un autre jour.

refusal-not-a-day = « { $given } » n’est pas reconnu comme un jour. Écrivez-le ainsi : 2026-12-15.

refusal-not-a-moment = « { $given } » n’est pas reconnu comme un jour et une heure. Écrivez « 2026-12-01 9 h » ou « en semaine 9 h ».

refusal-skipped-by-the-clock = Cette nuit-là, on avance l’heure : { $given } n’existe pas. Choisissez une autre heure.

refusal-not-a-number = « { $given } » n’est pas un nombre entier plus grand que zéro. Écrivez-le ainsi : 500.

refusal-no-such-zone = « { $given } » n’est pas un fuseau horaire. Écrivez par exemple America/Montreal ou Europe/Paris.

refusal-not-in-private = Tapez cette commande dans le salon concerné, pas en privé.

refusal-room-not-linked = Ce salon n’est pas relié. L’administration le relie avec « { -prefix }salon ajouter ».

refusal-form-unknown = Ce formulaire ne fonctionne plus. Tapez la commande de nouveau.

refusal-coordinators-of-all-only = Il faut coordonner toute l’organisation pour le faire. Demandez à une personne qui la coordonne.

refusal-no-such-room = Il n’y a pas de salon relié « { $given } ». « { -prefix }salon liste » montre ceux qu’il y a.

refusal-several-rooms = Plusieurs s’appellent « { $given } ». Donnez l’identifiant que la plateforme montre dans les réglages du bon.
