### Rédiger, voir, planifier, publier et fermer les actions.

ask-shown-title = Nº { $number } · { $state }

ask-fact-slot = Publication : { $when }

ask-fact-no-slot = Pas encore planifiée

ask-weekdays = chaque jour de semaine à { $time }, à partir du { $from }

ask-fact-rooms =
    { $count ->
        [0] Aucun salon ne la reçoit pour l’instant
        [one] Un salon la reçoit
       *[other] { $shown } salons la reçoivent
    }

ask-fact-author = Rédigée par { $name }

ask-fact-author-gone = Rédigée par une personne qui n’est plus ici

ask-fact-imported = Vient du calendrier : toute personne de la coordination peut l’approuver

ask-fact-approved-by = Approuvée en { $language } par { $name } ({ $when })

ask-fact-approved = Approuvée en { $language } ({ $when })

ask-fact-missing = Attend une approbation { $languages }

ask-fact-lasts =
    { $count ->
        [one] Le dernier salon la reçoit environ une minute après le premier : le serveur prend un message toutes les { $seconds } s
       *[other] Le dernier salon la reçoit environ { $minutes } minutes après le premier : le serveur prend un message toutes les { $seconds } s
    }

ask-fact-lasts-in-all =
    { $count ->
        [one] Le dernier salon la reçoit environ une minute après le premier
       *[other] Le dernier salon la reçoit environ { $minutes } minutes après le premier
    }

ask-fact-arriving =
    { $count ->
        [one] Un salon l’attend encore, jusque vers { $when }
       *[other] { $shown } salons l’attendent encore, le dernier jusque vers { $when }
    }

ask-list-empty = Aucune action à afficher. « { -prefix }action nouvelle » en commence une.

ask-list-title = Actions

ask-list-hint = Pour en voir une comme les salons la verront : « { -prefix }action voir » et son numéro.

ask-line = { $emoji } nº { $number } · { $title } · { $state } · { $when }

ask-line-no-slot = pas planifiée

ask-suggestion = nº { $number } · { $emoji } { $title } · { $state }

ask-schedule-posted = L’action nº { $number } est déjà publiée. Pour la proposer de nouveau, rédigez-en une autre : « { -prefix }action nouvelle ».

ask-schedule-past = Ce moment est passé : { $when }. Choisissez-en un plus tard.

ask-schedule-after-end = L’action nº { $number } se termine { $ends }, avant ce moment. Choisissez un moment plus tôt, ou changez sa clôture : « { -prefix }action modifier { $number } ».

ask-scheduled = L’action nº { $number } sera publiée { $when }, à l’heure de chaque salon.

ask-scheduled-unapproved = L’action nº { $number } sera publiée { $when }, une fois approuvée.

ask-post-posted = L’action nº { $number } est déjà publiée. Pour la proposer de nouveau, rédigez-en une autre : « { -prefix }action nouvelle ».

ask-post-over = La clôture de l’action nº { $number } est passée. Changez-la d’abord : « { -prefix }action modifier { $number } ».

ask-post-unapproved = L’action nº { $number } doit d’abord être approuvée { $languages }, par une personne qui ne l’a pas rédigée : « { -prefix }action approuver { $number } ».

ask-post-no-rooms = Aucun groupe de l’action nº { $number } n’a de salon de bénévoles. L’administration en relie un avec « { -prefix }salon ajouter ».

ask-post-halted = L’action nº { $number } sera publiée dès que quelqu’un tapera « { -prefix }reprise » : tout est arrêté en ce moment.

ask-posting =
    { $count ->
        [one] L’action nº { $number } part vers un salon.
       *[other] L’action nº { $number } part vers { $shown } salons.
    }

ask-close-over = L’action nº { $number } est déjà terminée.

ask-closed = L’action nº { $number } est fermée. Ce qui a été confirmé reste compté.

ask-withdraw-again = L’action nº { $number } est déjà retirée.

ask-withdrawn =
    { $count ->
        [0] L’action nº { $number } est retirée. Aucun salon ne l’a vue.
        [one] L’action nº { $number } est retirée et disparaît d’un salon. Ce qui a été confirmé reste compté.
       *[other] L’action nº { $number } est retirée et disparaît de { $shown } salons. Ce qui a été confirmé reste compté.
    }

ask-withdrawn-notice = L’action nº { $number } a été retirée : elle disparaît de ses salons et ne peut plus être confirmée.

ask-saved = L’action nº { $number } est enregistrée et attend l’approbation d’une autre personne.

ask-saved-before = Ce formulaire a déjà été envoyé : il a donné l’action nº { $number }, qui reste comme elle est. Pour la modifier, tapez « { -prefix }action modifier { $number } » ; pour en rédiger une autre, « { -prefix }action nouvelle ».

ask-saved-voided = L’action nº { $number } est modifiée : ce qui était approuvé ne l’est plus, et une autre personne doit l’approuver de nouveau.

ask-saved-approved = L’action nº { $number } est enregistrée ; ce qui était approuvé l’est toujours.

ask-edit-posted = L’action nº { $number } est publiée et ne peut plus être modifiée. Fermez-la (« { -prefix }action fermer { $number } »), puis rédigez-en une autre (« { -prefix }action nouvelle »).

ask-waiting-notice = L’action nº { $number } attend une approbation

ask-waiting-hint = Pour la voir comme les salons la verront, avec sa clôture : « { -prefix }action voir { $number } ».

ask-form-title-new = Nouvelle action

ask-form-title-edit = Modifier l’action nº { $number }

ask-too-late-rooms =
    { $count ->
        [one] Le salon { $rooms } ne la recevra pas : à son horloge, l’heure est déjà passée, ou vient après la clôture.
       *[other] Ces salons ne la recevront pas, car à leur horloge l’heure est déjà passée, ou vient après la clôture : { $rooms }.
    }
