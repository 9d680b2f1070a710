### Ce que la coordination lit dans ses salons sans l’avoir demandé.

notice-ask-not-approved = L’action nº { $number } n’a pas été approuvée à temps : elle n’est pas publiée. Pour l’utiliser quand même, changez sa clôture (« { -prefix }action modifier { $number } »), puis son moment de publication (« { -prefix }action planifier { $number } »).

notice-ask-approved-late = L’action nº { $number } a été approuvée après son heure : elle n’est pas publiée. Donnez-lui un autre moment (« { -prefix }action planifier { $number } ») ou publiez-la maintenant (« { -prefix }action publier { $number } »).

notice-ask-not-posted = L’action nº { $number } n’a pas pu être publiée à temps. Vérifiez que ses groupes ont des salons (« { -prefix }salon liste »), puis changez sa clôture (« { -prefix }action modifier { $number } ») et son moment de publication (« { -prefix }action planifier { $number } »).

notice-ask-over-unreached =
    { $count ->
        [one] L’action nº { $number } est terminée. Le salon { $rooms } ne l’a jamais reçue : vérifiez que le robot peut encore y écrire.
       *[other] L’action nº { $number } est terminée. Ces salons ne l’ont jamais reçue : { $rooms }. Vérifiez que le robot peut encore y écrire.
    }

notice-ask-over-late =
    { $count ->
        [one] L’action nº { $number } est terminée. Le salon { $rooms } ne l’a jamais reçue : à son horloge, l’heure était passée quand elle a été approuvée ou planifiée.
       *[other] L’action nº { $number } est terminée. À leur horloge, l’heure était passée quand elle a été approuvée ou planifiée : ces salons ne l’ont donc jamais reçue ({ $rooms }).
    }

notice-other-rooms =
    { $count ->
        [one] un autre
       *[other] { $shown } autres
    }

notice-unreadable = Je ne peux pas lire une partie de ce qui vient d’être écrit ici : sa clé de déchiffrement ne m’est pas parvenue, et rien n’en a été pris en compte. Si c’était pour moi, écrivez-le de nouveau. Si rien ne change, fermez puis rouvrez votre application, ou écrivez-moi en privé. Les réactions, elles, me parviennent toujours.

notice-room-removed =
    { $platform ->
        [discord] Le robot ne voit plus { $room } : il a été retiré du serveur, ou n’a plus le droit de voir ce salon. Ce qui devait y paraître attend : laissez-le voir le salon, ou invitez-le de nouveau sur le serveur, et tout reprend.
       *[other] Le robot a été retiré de { $room }. Ce qui devait y paraître attend : invitez-le de nouveau, et tout reprend.
    } Si ce salon ne sert plus, tapez « { -prefix }salon retirer { $room } ».

notice-room-barred = Le robot a été banni de { $room }. Ce qui devait y paraître attend : levez le bannissement, invitez-le de nouveau, et tout reprend. Si ce salon ne sert plus, tapez « { -prefix }salon retirer { $room } ».

notice-room-empty = Tout le monde a quitté { $room } : rien n’y est plus publié. Si ce salon ne sert plus, tapez « { -prefix }salon retirer { $room } ».

notice-room-silenced =
    { $platform ->
        [discord] Le robot ne peut plus faire son travail dans { $room } : il doit pouvoir y voir le salon, en lire l’historique et envoyer des messages (dans les fils aussi, si c’en est un), des liens et des fichiers.
       *[other] Le robot ne peut plus écrire dans { $room }.
    } Ce qui devait y paraître attend qu’on le lui permette.

notice-rooms-absent = Le robot ne peut plus travailler dans { $rooms } ({ $why }). Ce qui devait y paraître attend qu’il le puisse. « { -prefix }salon liste » montre où il en est dans chaque salon.

notice-room-gone = Le salon { $room } a été supprimé : rien n’y est plus publié. Pour que le robot l’oublie, tapez « { -prefix }salon retirer { $room } ».

notice-prompt-remains = L’action nº { $number } est retirée, mais je n’ai pas pu la supprimer dans { $room } : elle y paraît encore. Demandez à une personne qui peut supprimer des messages dans ce salon de le faire.

notice-prompt-remains-before = L’action nº { $number } est retirée, mais je n’ai pas pu la supprimer dans le salon que { $room } était avant sa mise à niveau : elle y paraît encore. Demandez à une personne qui peut supprimer des messages dans cet ancien salon de le faire.

notice-prompt-remains-link = Là où elle paraît

notice-room-moved = { $room } a été mis à niveau, et le robot a suivi : la suite paraît dans le nouveau salon. Ce qui est ouvert dans l’ancien compte toujours.

notice-room-moved-without-us = { $room } a été mis à niveau, et le robot ne peut pas entrer dans le nouveau salon. Ce qui devait y paraître attend : invitez-le là-bas, et tout reprend.

notice-limit =
    Le serveur laisse Relais envoyer un message toutes les { $seconds } s. { $waiting ->
        [one] Un message attend.
       *[other] { $messages } messages attendent.
    } { $count ->
        [one] Tout sera arrivé dans une minute environ.
       *[other] Tout sera arrivé dans { $minutes } minutes environ.
    } Ce qui se termine d’abord part d’abord, et rien ne se perd.

notice-limit-lift =
    { $platform ->
        [matrix] Qui administre le serveur d’accueil peut lever cette limite pour le seul compte de Relais (Synapse : « override_ratelimit », dans son API d’administration). Le guide « Relais on Matrix » donne la commande, sous « Limits ».
       *[other] Qui administre ce serveur peut sans doute lever cette limite pour Relais.
    }
