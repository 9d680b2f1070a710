### Approuver les actions et les renvoyer.

approval-done = L’action nº { $number } est approuvée et sera publiée { $when }.

approval-done-without-rooms = L’action nº { $number } est approuvée, mais aucun de ses groupes n’a de salon de bénévoles. Elle partira dès que l’administration en reliera un avec « { -prefix }salon ajouter », à moins de se terminer avant.

approval-done-late = L’action nº { $number } est approuvée, mais son heure est passée : elle n’est pas publiée. Donnez-lui un autre moment : « { -prefix }action planifier { $number } ». Ou publiez-la maintenant : « { -prefix }action publier { $number } ».

approval-done-without-slot = L’action nº { $number } est approuvée. Dites quand la publier : « { -prefix }action planifier { $number } ». Ou publiez-la maintenant : « { -prefix }action publier { $number } ».

approval-partial = C’est noté. L’action nº { $number } doit encore être approuvée { $languages }.

approval-unwritten = C’est noté, mais l’action nº { $number } n’a pas de texte en { $language }, et certains de ses salons en ont besoin. Ajoutez-le : « { -prefix }action modifier { $number } ».

approval-no-words = L’action nº { $number } n’a pas de texte à approuver en { $language }. Ajoutez-le : « { -prefix }action modifier { $number } ».

approval-own = Vous avez rédigé l’action nº { $number } : une autre personne doit l’approuver. Le reste de la coordination la trouve avec « { -prefix }action liste en attente ».

approval-too-late = L’action nº { $number } est déjà publiée. Pour la retirer, fermez-la : « { -prefix }action fermer { $number } ».

approval-changed-since = L’action nº { $number } a été modifiée après que vous l’avez vue. Relisez-la (« { -prefix }action voir { $number } »), puis approuvez ce qui s’y trouve maintenant.

approval-button =
    { $language ->
        [fr] Approuver le français
       *[en] Approuver l’anglais
    }

approval-reject-button = Renvoyer

approval-note-title = Renvoyer l’action nº { $number }

approval-note-label = Que faut-il changer ?

approval-note-hint = Votre note s’affiche dans le salon de coordination.

approval-note-missing = Rien n’est encore renvoyé : dites ce qu’il faut changer.

approval-rejected = L’action nº { $number } est renvoyée avec votre note.

approval-rejected-notice = L’action nº { $number } est renvoyée. Modifiez-la avec « { -prefix }action modifier { $number } » :
