### Ce qu’une personne lit en privé après un geste.

answer-shared-on =
    { $code ->
        [email] C’est noté : nº { $number } relayé par courriel. Merci !
       *[other] C’est noté : nº { $number } relayé sur { $network }. Merci !
    }

answer-done = C’est noté pour le nº { $number }. Merci !

answer-called =
    { $outcome ->
        [reached] C’est noté : vous avez joint quelqu’un pour le nº { $number }. Merci !
        [voicemail] C’est noté : répondeur pour le nº { $number }. Les messages comptent aussi. Merci !
       *[unavailable] C’est noté pour le nº { $number }. Une ligne occupée compte comme une tentative : les appels manqués se voient. Merci !
    }

answer-already = C’est déjà noté pour le nº { $number } : un geste compte une fois. Merci !

answer-corrected = C’est corrigé pour le nº { $number }. Merci !

answer-mistake = Une erreur ? Vous pouvez annuler.

answer-undo = Annuler

answer-undone = C’est annulé : plus rien n’est compté pour vous au nº { $number }.

answer-nothing-to-undo = Il n’y a rien à annuler : rien n’était compté pour vous au nº { $number }.

answer-nothing-to-undo-at-all = Il n’y a rien à annuler. Un geste peut être annulé tant que son action est ouverte.

answer-settled = L’action nº { $number } s’est terminée { $ended } : ce qui a été compté jusque-là reste compté et ne peut plus être annulé.

answer-not-today = D’accord, pas aujourd’hui pour le nº { $number }. Merci de l’avoir dit.

answer-not-today-counted = D’accord, rien de plus aujourd’hui pour le nº { $number }. Ce que vous avez déjà confirmé reste compté.

answer-over = L’action nº { $number } s’est terminée { $ended } : ce geste n’est donc pas compté. Merci quand même !

answer-over-next = L’action nº { $number } est ouverte : tapez « { -prefix }aujourd’hui » pour la voir.

answer-first-time = Merci : votre réaction au nº { $number } est comptée, et c’est votre première avec { $organisation }. Pour l’annuler, retirez la réaction. Tapez « { -prefix }aide » ici pour voir ce que vous pouvez faire d’autre.

answer-not-recorded = L’enregistrement n’a pas fonctionné et rien n’est compté. Réessayez dans une minute ; l’équipe technique est prévenue.

answer-button-unknown = Ce bouton ne fonctionne plus. Tapez « { -prefix }aujourd’hui » pour voir ce qui est ouvert.
