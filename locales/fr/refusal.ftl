### Pourquoi quelque chose n’a pas été fait, et quoi faire.

refusal-command-empty = Que souhaitez-vous faire ? Tapez « aujourd’hui » pour voir ce qui est ouvert, ou « aide ».

refusal-command-unknown-nearest = Je ne connais pas « { $given } ». Vouliez-vous dire « { $nearest } » ?

refusal-command-unknown = Je ne connais pas « { $given } ». Tapez « aide » pour voir ce que vous pouvez faire.

refusal-command-incomplete = Continuez, par exemple : { $next }.

refusal-command-missing = Il manque « { $parameter } ». La commande se tape ainsi : { $usage }

refusal-command-extra = « { $given } » est de trop ici. La commande se tape ainsi : { $usage }. Mettez entre « » les mots qui vont ensemble.

refusal-admins-only = C’est réservé à l’administration. Demandez à une personne qui en fait partie.

refusal-coordinators-only = C’est réservé à la coordination. Demandez à une personne qui en fait partie, ou demandez le rôle à l’administration.

refusal-whole-organisation-only = Cela va dans tous les salons : il faut coordonner toute l’organisation pour le faire.

refusal-other-groups = Cela concerne { $groups }, que vous ne coordonnez pas en entier. Demandez à quelqu’un qui le fait.

refusal-failure = Quelque chose n’a pas fonctionné de notre côté et rien n’a changé. Réessayez dans une minute. Si cela persiste, donnez cette référence à l’équipe technique : { $reference }.

refusal-no-such-ask = Il n’y a pas d’action « { $given } ». Tapez « action liste » pour voir les dernières.

refusal-no-such-campaign = Il n’y a pas de campagne « { $given } ». Tapez « campagne liste » pour les voir.

refusal-no-such-campaign-nearest = Il n’y a pas de campagne « { $given } ». Vouliez-vous dire « { $nearest } » ?

refusal-no-such-group = Il n’y a pas de groupe « { $given } ». Il y a : { $known }.

refusal-no-groups = Il n’y a pas de groupe « { $given } », ni aucun autre pour l’instant. L’administration en crée un avec « groupe ajouter ».

refusal-no-such-value = « { $given } » ne fait pas partie des choix : { $known }.

refusal-no-such-person = Je ne connais personne du nom de « { $given } » ici. La personne doit avoir écrit ou réagi une fois dans un salon que je vois.

refusal-several-people = Plusieurs personnes s’appellent « { $given } » ici. Donnez leur compte plutôt que leur nom.

refusal-not-a-day = « { $given } » n’est pas un jour. Écrivez-le ainsi : 2026-12-15.

refusal-not-a-moment = « { $given } » n’est pas un jour avec une heure. Dites « 2026-12-01 9 h » ou « jours ouvrables 9 h ».

refusal-skipped-by-the-clock = Cette nuit-là, on avance l’heure : { $given } n’existe pas. Choisissez une autre heure.

refusal-not-a-number = « { $given } » n’est pas un nombre entier plus grand que zéro.

refusal-no-such-zone = « { $given } » n’est pas un fuseau horaire. Écrivez par exemple America/Montreal ou Europe/Paris.

refusal-not-in-private = Tapez cette commande dans le salon concerné, pas en privé.

refusal-room-not-linked = Ce salon n’est pas relié. L’administration le relie avec « salon ajouter ».

refusal-form-unknown = Ce formulaire ne fonctionne plus. Veuillez recommencer.

refusal-coordinators-of-all-only = Il faut coordonner toute l’organisation pour le faire. Demandez à une personne qui le fait.
