### Approuver les actions et les renvoyer.

approval-done = L’action nº { $number } est approuvée. Publication : { $when }, à l’horloge de chaque salon.

approval-done-without-rooms = L’action nº { $number } est approuvée, mais aucun de ses groupes n’a encore de salon de bénévoles. Elle en attend un jusqu’à sa fin.

approval-done-late = L’action nº { $number } est approuvée, mais son heure est passée : elle n’est pas publiée. Donnez-lui un nouveau moment (action planifier) ou publiez-la maintenant (action publier).

approval-done-without-slot = L’action nº { $number } est approuvée. Dites quand la publier (action planifier) ou publiez-la maintenant (action publier).

approval-partial = C’est noté. L’action nº { $number } doit encore être approuvée en { $languages }.

approval-unwritten = C’est noté, mais certains salons de l’action nº { $number } lisent en { $language } et elle n’a pas de texte dans cette langue. Ajoutez-le avec « action modifier ».

approval-no-words = L’action nº { $number } n’a pas de texte en { $language } à approuver.

approval-own = Vous avez rédigé l’action nº { $number } : une autre personne doit l’approuver. Le reste de la coordination la voit avec « action liste ».

approval-too-late = L’action nº { $number } est déjà publiée. Pour la retirer, fermez-la (action fermer).

approval-changed-since = L’action nº { $number } a changé depuis cet affichage. Regardez-la de nouveau (action voir { $number }) et approuvez ce qui s’y trouve maintenant.

approval-button =
    { $language ->
        [anglais] Approuver l’anglais
       *[other] Approuver le { $language }
    }

approval-reject-button = Renvoyer

approval-note-title = Renvoyer l’action nº { $number }

approval-note-label = Que faut-il changer ?

approval-note-hint = Votre note s’affiche dans le salon de coordination.

approval-note-missing = Dites ce qu’il faut changer.

approval-rejected = L’action nº { $number } est renvoyée avec votre note.

approval-rejected-notice = L’action nº { $number } est renvoyée. Modifiez-la avec « action modifier { $number } » :
