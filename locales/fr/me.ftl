### Ses propres réglages et données.

me-title = Vous et Relais

me-language = Réponses privées : { $language }

me-paused = Rien en privé jusqu’au { $day } inclus

me-roles = Rôles : { $roles }

me-confirmations =
    { $count ->
        [0] Rien de confirmé pour l’instant
        [one] Une confirmation
       *[other] { $shown } confirmations
    }

me-hint = Vous pouvez taper : { -prefix }moi langue, { -prefix }moi pause, { -prefix }moi annuler, { -prefix }moi exporter, { -prefix }moi oublier.

me-language-set = Je vous réponds désormais en français.

me-pause-set = Vous ne recevrez rien en privé jusqu’au { $day } inclus ; « { -prefix }moi pause fin » y met fin plus tôt. Ce que vous confirmez compte toujours.

me-pause-ended = La pause est terminée.

me-pause-past = Le { $day } est passé. Choisissez un autre jour, ou « fin ».

me-export = Voici tout ce qui est enregistré sur vous. Personne d’autre ne voit ceci.

me-forget-sure = Ceci efface pour de bon ce que Relais garde sur vous : les noms de vos comptes, votre langue, vos rôles et vos confirmations. Il ne reste que des totaux sans nom. Pour le faire, tapez : { -prefix }{ $command } { $yes }

me-forgotten = C’est fait : plus rien ici ne mène à vous. Si vous écrivez ou réagissez de nouveau, on recommence à zéro.
