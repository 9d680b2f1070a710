### Les mots par lesquels on répond à une action.

word-done = fait, c’est fait, je l’ai fait, déjà fait, relayé, c’est relayé, partagé, c’est partagé, signé, écrit, donné

word-reached = joint, jointe, j’ai joint quelqu’un, quelqu’un a répondu, on m’a répondu, j’ai parlé à quelqu’un

word-voicemail = répondeur, message laissé, j’ai laissé un message, boîte vocale, messagerie, messagerie vocale

word-unavailable = occupé, ligne occupée, sans réponse, pas de réponse, personne n’a répondu, ça ne répond pas

word-not-today = pas aujourd’hui, pas ce jour, je passe, passe, pas le temps aujourd’hui

word-undo = annuler, j’annule, annule, annulez, je me suis trompé, je me suis trompée, erreur de ma part

word-filler = sur, et, via, par, à

word-email = courriel, courrier électronique, mail, par courriel

word-which-outcome = Qu’a donné l’appel pour le nº { $number } ? Répondez « joint », « répondeur » ou « occupé ».

word-which-outcome-command = Qu’a donné l’appel ? Tapez « { -prefix }fait { $number } joint », « { -prefix }fait { $number } répondeur » ou « { -prefix }fait { $number } occupé ».

word-unknown = « { $given } » ne veut rien dire pour le nº { $number }. Vous pouvez dire : { $known }.

word-not-open = L’action nº { $number } n’est pas ouverte. Tapez « { -prefix }aujourd’hui » pour voir ce qui l’est.
