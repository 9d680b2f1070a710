### Une action telle qu’un salon ou une personne la voit.

prompt-title =
    { $kind ->
        [share] 📣 À relayer avant { $until } — { $subject } · nº { $number }
        [call] 📞 Appelez avant { $until } — { $subject } · nº { $number }
        [write] ✉️ Écrivez avant { $until } — { $subject } · nº { $number }
        [sign] ✍️ Signez avant { $until } — { $subject } · nº { $number }
        [give] 💛 Donnez avant { $until } — { $subject } · nº { $number }
        [attend] 📅 Y serez-vous ? Répondez avant { $until } — { $subject } · nº { $number }
       *[other] ⭐ À faire avant { $until } — { $subject } · nº { $number }
    }

prompt-copy-label = Texte à copier

prompt-script-label = Quoi dire :

prompt-open-page = Ouvrir la page

prompt-share-ready = { $networks } : touchez, le texte y est déjà prêt.

prompt-share-link-only = { $networks } : copiez d’abord le texte, puis touchez le lien. Seul le lien suit.

prompt-share-by-hand = { $networks } : copiez le texte, puis collez-le dans l’application.

prompt-share-too-long = { $network } : le texte est trop long ({ $length } sur { $limit }). Copiez-le et raccourcissez-le.

prompt-target = { $name } : { $number }

prompt-representative = Appelez la personne qui vous représente. Le site de votre assemblée donne son numéro.

prompt-fill-district = [votre circonscription]

prompt-fill-legislator = [le nom de la personne qui vous représente]

prompt-button-done =
    { $kind ->
        [share] C’est relayé
        [write] C’est écrit
        [sign] C’est signé
        [give] C’est donné
        [attend] J’y serai
       *[other] C’est fait
    }

prompt-button-call =
    { $outcome ->
        [reached] J’ai joint quelqu’un
        [voicemail] Répondeur
       *[unavailable] Occupé, sans réponse
    }

prompt-button-call-to = { $name } : { $outcome }

prompt-button-not-today = Pas aujourd’hui

prompt-button-read = En français

prompt-total =
    { $count ->
        [0] À vous d’ouvrir la marche.
        [one]
            { $kind ->
                [share] Une personne l’a relayé.
                [write] Une personne a écrit.
                [sign] Une personne a signé.
                [give] Une personne a donné.
                [attend] Une personne y sera.
               *[other] Une personne l’a fait.
            }
       *[other]
            { $kind ->
                [share] { $shown } personnes l’ont relayé.
                [write] { $shown } personnes ont écrit.
                [sign] { $shown } personnes ont signé.
                [give] { $shown } personnes ont donné.
                [attend] { $shown } personnes y seront.
               *[other] { $shown } personnes l’ont fait.
            }
    }

prompt-total-calls = { $calls }, { $conversations }.

prompt-calls =
    { $count ->
        [0] Aucun appel pour l’instant
        [one] Un appel
       *[other] { $shown } appels
    }

prompt-conversations =
    { $count ->
        [0] aucune conversation
        [one] une conversation
       *[other] { $shown } conversations
    }

prompt-over = { $total } C’est terminé : merci à vous.

prompt-react = Répondez par une réaction :

prompt-reactions-seen = Les serveurs voient les réactions, pas ce que vous écrivez : répondez « { $word } » ici, ou écrivez-moi « { $command } » en privé.
