### Les valeurs parmi lesquelles on choisit, telles qu’on les voit et qu’on peut les taper.

value-purpose =
    { $purpose ->
        [volunteers] bénévoles
        [coordination] coordination
       *[leadership] direction
    }

value-role =
    { $role ->
        [leader] direction
        [coordinator] coordination
        [admin] administration
       *[volunteer] bénévole
    }

value-language =
    { $language ->
        [fr] français
        [en] anglais
       *[both] bilingue
    }

value-kind =
    { $kind ->
        [share] relayer
        [call] appeler
        [write] écrire
        [sign] signer
        [give] donner
        [attend] participer
       *[other] autre
    }

value-state =
    { $state ->
        [draft] en attente
        [rejected] renvoyée
        [approved] approuvée
        [open] ouverte
        [closed] fermée
        [withdrawn] retirée
       *[expired] expirée
    }

value-everywhere = partout

value-weekdays = en semaine

value-every-weekday = chaque jour de semaine

value-end = fin

value-yes = oui

value-today = aujourd’hui

value-week = semaine

value-on = oui

value-off = non

value-absence =
    { $absence ->
        [removed] le robot n’y est pas
        [barred] le robot a été banni
        [moved] mis à niveau, le robot n’est pas dans le nouveau salon
        [empty] tout le monde est parti
        [gone] il a été supprimé
       *[silenced] le robot ne peut pas y travailler
    }
