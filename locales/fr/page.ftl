### La page du clavardage intégré, et ce que son serveur refuse.

page-bot-name = { -bot-name }

page-bot = robot

page-skip = Aller aux messages

page-rooms = Salons

page-unread = nouveaux messages

page-you-are = Vous êtes

page-direct = Conversation privée

page-direct-topic = Il n’y a que vous et { -bot-name } ici. Les commandes s’écrivent sans « / ».

page-messages = Messages

page-empty = Rien n’a encore été écrit ici.

page-earlier = Messages précédents

page-newest = Nouveaux messages plus bas

page-edited = modifié

page-only-you = Visible par vous seulement

page-dismiss = Masquer

page-you-typed = Vous avez écrit

page-copy = Copier
page-copied = Copié

page-copy-selected = Texte sélectionné : copiez-le avec votre clavier

page-files = Fichiers

page-enlarge = Agrandir l’image

page-close = Fermer

page-react = Réagir
page-reactions = Réactions

page-emoji-done = Fait
page-emoji-voicemail = Répondeur
page-emoji-busy = Occupé ou sans réponse
page-emoji-not-today = Pas aujourd’hui

page-reaction-others =
    { $count ->
        [one] { $names } et { $shown } autre personne
       *[other] { $names } et { $shown } autres personnes
    }

page-write = Écrire un message
page-write-hint = Tapez « / » pour les commandes. Entrée envoie, Maj+Entrée change de ligne.

page-write-direct = Écrire une commande
page-write-direct-hint = Commencez par « aide » pour voir ce que vous pouvez faire. Entrée envoie.

page-suggestions = Suggestions

page-send = Envoyer

page-attach = Joindre des fichiers

page-drop = Déposez les fichiers ici

page-working = Un instant…

page-optional = facultatif

page-choose = Choisir…

page-characters = Caractères :

page-mistakes = À corriger avant d’envoyer

page-form-send = Envoyer
page-form-cancel = Annuler

page-download = Télécharger

page-clock = L’horloge de la démonstration
page-clock-ten-minutes = +10 min
page-clock-hour = +1 h
page-clock-day = +1 jour
page-clock-next = Au prochain évènement
page-clock-nothing = Rien n’est prévu.

page-lost = La connexion est perdue. Nouvelle tentative…

page-expired = { -bot-name } a redémarré depuis. Ouvrez la nouvelle adresse qu’il a affichée.

page-needs-script = Cette page a besoin de JavaScript.

page-problem-key = Ouvrez l’adresse complète que { -bot-name } a affichée au démarrage : elle contient la clé de cette page.

page-problem-origin = Cette demande ne vient pas de la page de { -bot-name } : elle est refusée. Ouvrez l’adresse qu’il a affichée au démarrage.

page-problem-nowhere = Il n’y a rien à cette adresse.

page-problem-request = La page a envoyé quelque chose que { -bot-name } ne comprend pas. Rechargez-la, puis réessayez.

page-problem-person = Personne ne porte ce nom ici.

page-problem-room = Ce salon n’existe pas, ou vous n’y avez pas accès.

page-problem-message = Ce message n’est plus là.

page-problem-empty = Il n’y a encore rien à envoyer.

page-problem-long = Le message est trop long. Raccourcissez-le à { $shown } caractères.

page-problem-large = Les fichiers sont trop lourds : au plus { $size } Mo en tout, et { $files } fichiers à la fois.

page-problem-unanswered = Aucune réponse n’est venue à temps. C’est peut-être fait quand même : vérifiez avant de réessayer.

page-problem-stopping = { -bot-name } s’arrête. Réessayez dans un instant.

page-problem-failed = Quelque chose n’a pas fonctionné de notre côté, et l’équipe technique peut le voir. Réessayez dans un instant.

page-withdrawn = Ce message a été retiré.
