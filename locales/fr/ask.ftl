### Rédiger, voir, planifier, publier et fermer les actions.

ask-shown-title = Nº { $number } · { $state }

ask-fact-slot = Publication : { $when }

ask-fact-no-slot = Pas encore planifiée

ask-weekdays = chaque jour ouvrable à { $time }, dès le { $from }

ask-fact-rooms =
    { $count ->
        [0] Aucun salon ne la reçoit pour l’instant
        [one] Un salon
       *[other] { $shown } salons
    }

ask-fact-author = Rédigée par { $name }

ask-fact-author-gone = Rédigée par une personne qui n’est plus ici

ask-fact-imported = Vient du calendrier : toute personne de la coordination peut l’approuver

ask-fact-approved-by = { $language } : approuvé par { $name }, { $when }

ask-fact-approved = { $language } : approuvé, { $when }

ask-fact-missing = À approuver : { $languages }

ask-list-empty = Il n’y en a aucune.

ask-list-title = Actions

ask-list-hint = « action voir » et un numéro montre une action comme la verront les salons.

ask-line = { $emoji } nº { $number } · { $title } · { $state } · { $when }

ask-line-no-slot = pas planifiée

ask-schedule-posted = L’action nº { $number } est déjà publiée. Pour la redemander, rédigez-en une nouvelle (action nouvelle).

ask-schedule-past = { $when } est passé. Choisissez un moment plus tard.

ask-schedule-after-end = L’action nº { $number } se termine { $ends }, donc avant. Choisissez un moment plus tôt ou changez sa fin (action modifier).

ask-scheduled = L’action nº { $number } sera publiée { $when }, à l’horloge de chaque salon.

ask-scheduled-unapproved = L’action nº { $number } sera publiée { $when }, une fois approuvée.

ask-post-posted = L’action nº { $number } est déjà publiée.

ask-post-over = La fin de l’action nº { $number } est passée. Changez-la d’abord (action modifier).

ask-post-unapproved = L’action nº { $number } doit d’abord être approuvée en { $languages }.

ask-post-no-rooms = Aucun groupe de l’action nº { $number } n’a de salon de bénévoles. Reliez-en un avec « salon ajouter ».

ask-post-halted = L’action nº { $number } sera publiée dès que quelqu’un tapera « reprise » : tout est arrêté en ce moment.

ask-posting =
    { $count ->
        [one] L’action nº { $number } part vers un salon.
       *[other] L’action nº { $number } part vers { $shown } salons.
    }

ask-close-over = L’action nº { $number } est déjà terminée.

ask-closed = L’action nº { $number } est fermée. Ce qui a été confirmé reste compté.

ask-saved = L’action nº { $number } est enregistrée et attend l’approbation d’une autre personne.

ask-saved-voided = L’action nº { $number } est modifiée : ce qui était approuvé ne vaut plus, une autre personne doit l’approuver de nouveau.

ask-edit-posted = L’action nº { $number } est publiée et ne peut plus être modifiée. Fermez-la (action fermer) et rédigez-en une nouvelle.

ask-waiting-notice = L’action nº { $number } attend une approbation

ask-form-title-new = Nouvelle action

ask-form-title-edit = Modifier l’action nº { $number }
